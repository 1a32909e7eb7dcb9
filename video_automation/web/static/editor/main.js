// The editor: reads the plan of a task and sets its parts up. Each part is a file here; `session.js` holds the plan for all.

import { mountClips } from "./clips.js";
import { mountFinds } from "./finds.js";
import { listenToKeys } from "./keys.js";
import { mountOptions } from "./options_panel.js";
import { mountPlayer } from "./player.js";
import { mountReplace } from "./replace.js";
import { Session } from "./session.js";
import { mountTabs } from "./tabs.js";
import { mountTexts } from "./texts.js";
import { mountTimeline } from "./timeline.js";
import { mountTranscript } from "./transcript.js";
import { mountUpdates } from "./updates.js";
import { one, show } from "../page.js";
import { _, translated } from "../language.js";

const page = one("#editor");
export const session = new Session(page.dataset.address);
const tabs = mountTabs(one("[role=tablist]", page));
const wide = matchMedia("(min-width: 62rem)"); // there the words stand beside the tabs
const suit = () => { if (wide.matches) tabs.choose("clips"); };
wide.addEventListener("change", suit);
suit();
if (location.hash === "#options") tabs.choose("options");
listenToKeys(one("#keys"));
mountUpdates(session, one("#updates"));
const player = mountPlayer(session, one("#player"));
mountTimeline(session, player, one("#timeline"));
await others();
const replace = mountReplace(session, one("#replace"));
mountTranscript(session, player, replace, one("#words"));
await others();
mountClips(session, player, one("#clips"), tabs);
mountFinds(session, player, one("#finds"));
mountTexts(session, player, one("#texts"));
mountOptions(session, one("#options"));
await others();

session.load().catch((error) => show(one("#trouble"), `${_("The plan of this video could not be read.")} ${translated(error.message)}`));

// Lets the page draw and answer between the parts: all at once they would stop it for too long.
function others() {
  return new Promise((turn) => setTimeout(turn));
}
