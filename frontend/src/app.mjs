// Every page works without this script; it only helps. The class names tell the style sheet that it runs.
// Words for the reader come from the page (data attributes), so that they follow its language.
import { Button, CharacterCount, createAll, ErrorSummary, PasswordInput, SkipLink } from "govuk-frontend";
import { autosave } from "./scripts/autosave.mjs";
import { leaveWarning } from "./scripts/leave-warning.mjs";
import { passkeys } from "./scripts/passkey.mjs";
import { refresh } from "./scripts/refresh.mjs";
import { reveal } from "./scripts/reveal.mjs";
import { selectAll } from "./scripts/select-all.mjs";
import { sessionWarning } from "./scripts/session-warning.mjs";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

createAll(Button, { preventDoubleClick: true });
[CharacterCount, ErrorSummary, PasswordInput, SkipLink].forEach((component) => createAll(component));

reveal();
selectAll();
autosave();
leaveWarning();
sessionWarning();
refresh();
passkeys();

// A message of what just happened takes the focus once, so that a screen reader says it.
document.querySelector(".os-message[data-focus]")?.focus();
