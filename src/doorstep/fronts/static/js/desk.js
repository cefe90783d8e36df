// On staff pages: dialogs, short messages and keyboard moves. Each page works without them.

import { openDialogs } from "./dialog.js";
import { listenToKeys } from "./keys.js";
import { narrowChoices } from "./narrow.js";
import { tellOfWideTables } from "./tables.js";
import { listenForToasts } from "./toast.js";

openDialogs();
listenToKeys();
narrowChoices();
listenForToasts();
tellOfWideTables();
