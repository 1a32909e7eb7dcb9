// A worker that reads a plan and hands its words on some at a time: hours of them at once would stop the page.

const AT_ONCE = 2000;

onmessage = async ({ data: address }) => {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    const plan = await answer.json();
    if (!answer.ok) return postMessage({ error: plan.error });
    const { words, ...rest } = plan;
    for (let i = 0; i < words.length; i += AT_ONCE) postMessage({ words: words.slice(i, i + AT_ONCE) });
    postMessage({ plan: rest });
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
