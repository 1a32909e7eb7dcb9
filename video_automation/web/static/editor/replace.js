export function mountReplace(session, player, root) {}
