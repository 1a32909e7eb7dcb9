// Asks the API: {ok, status, told: the JSON of the answer or null, lost: whether there was none}.

export async function asked(method, address, body) {
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  try {
    const answer = await fetch(address, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    const text = await answer.text();
    return { ok: answer.ok, status: answer.status, told: parsed(text), lost: answer.status === 503 };
  } catch {
    return { ok: false, status: 0, told: null, lost: true };
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
