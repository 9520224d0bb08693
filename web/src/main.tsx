import "./app/begin";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { fetchAddressed, fetchAhead } from "./app/ahead";
import { App } from "./app/App";
import { hearPeople } from "./client/heard";
import { watchForPeople } from "./client/presence";
import { inEnglish } from "./kit/words";
import { installWorker } from "./offline/install";
import "./app/styles.css";
import "./app/screens.css";
import "./app/lists.css";
import "./app/social.css";
import "./app/record.css";
import "./app/phone.css";

dayjs.locale(inEnglish ? "en" : "zh-cn");
installWorker();
watchForPeople();
hearPeople();

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
fetchAddressed();
void fetchAhead();
