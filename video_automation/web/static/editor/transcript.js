export function mountTranscript(session, player, root) {}
