// An address that ends in #t=12.3 leads to that second of the video.

export function playFromAddress(video) {
  const go = () => {
    const second = /^#t=(\d+(?:\.\d+)?)$/.exec(location.hash)?.[1];
    if (second === undefined) return;
    video.currentTime = Number(second);
    video.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", go);
  go();
}
