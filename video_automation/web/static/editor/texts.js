export function mountTexts(session, player, root) {}
