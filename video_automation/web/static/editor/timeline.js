export function mountTimeline(session, player, root) {}
