export function mountClips(session, player, root, tabs) {}
