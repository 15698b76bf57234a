/** On every page: HTMX, the menu, the display modes, dialogs, keys in tables, and words for a request that failed. */
import htmx from "htmx.org";
import { closeDropsOnOutside, wireDialogs } from "./shell/dialogs";
import { wireDisplayModes } from "./shell/display";
import { tellFailedRequests } from "./shell/failures";
import { wireMenu } from "./shell/menu";
import { closeDropsOfForms, wirePeopleFinder } from "./shell/people";
import { wireRowKeys } from "./shell/rows";

// The content security policy forbids evaluated strings; our style sheet brings the indicator's rules.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.historyRestoreAsHxRequest = false;
// 422 is a form that came back with its faults marked: it is shown, not reported as a failure.
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "422", swap: true },
  { code: "[45]..", swap: false, error: true },
];

// A form sent in place brings a new menu with its page.
htmx.onLoad((part) => {
  if ((part as Element).querySelector("#menu")) wireMenu();
});
wireDisplayModes();
wireDialogs();
closeDropsOnOutside();
wireRowKeys();
wirePeopleFinder();
closeDropsOfForms();
tellFailedRequests();
