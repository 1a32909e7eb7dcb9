export function mountFinds(session, player, root) {}
