/** What the first screen cannot do without is asked of the server before the rest of the script is read. Imported first of all. */
import { askAhead } from "../client/http";
import { holder } from "../offline/holder";
import { readStored } from "./stored";

if (holder() !== null && readStored("leaving") !== true) ["/session", "/meta"].forEach(askAhead);
