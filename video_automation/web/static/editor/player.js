export function mountPlayer(session, root) {}
