// A worker that reads a result's plan.json and tells what of the recording the result leaves out, and how long its opening card is
// shown: { cuts, cards }, as plans have them.

onmessage = async ({ data: address }) => {
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    postMessage(clockOf(await answer.json()));
  } catch {
    postMessage(null);
  }
};

function clockOf({ renditions, source }) {
  const main = renditions.find(({ kind }) => kind === "main");
  const [over, under = 1] = String(main.timeline.rate ?? source.picture.rate).split("/").map(Number);
  const ms = (frame) => Math.round((frame * 1000 * under) / over);
  const cuts = [];
  let from = 0;
  for (const { start, end } of main.timeline.spans) {
    if (start > from) cuts.push({ start_ms: ms(from), end_ms: ms(start) });
    from = end;
  }
  return { cuts, cards: { video: { opening_ms: ms(main.cards?.opening?.frames ?? 0) } } };
}
