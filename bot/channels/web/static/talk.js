// The talk without a new page for every message. Without this script every form works by itself.
const parser = new DOMParser();
let sending = false;
let waiting = null; // the form and button that go out again when the connection is back

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.action.endsWith("/messages")) return;
  event.preventDefault();
  send(form, event.submitter);
});

// Enter sends, Shift+Enter begins a new line.
document.addEventListener("keydown", (event) => {
  if (event.target.id !== "text" || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

addEventListener("online", () => waiting && send(...waiting));
addEventListener("popstate", () => visit(location.href));

async function send(form, submitter) {
  if (sending) return;
  sending = true;
  waiting = null;
  document.getElementById("main").setAttribute("aria-busy", "true");
  const typed = form.classList.contains("write");
  const draft = typed ? "" : document.getElementById("text").value;
  try {
    const body = new URLSearchParams(new FormData(form, submitter));
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
    const page = parser.parseFromString(await answer.text(), "text/html");
    if (!answer.ok) {
      tell(page.getElementById("what")?.textContent ?? texts().failed);
      return;
    }
    show(page);
    history.pushState(null, "", answer.url);
    const field = document.getElementById("text");
    field.value = draft;
    const reply = document.getElementById("reply");
    (typed ? field : reply).focus({ preventScroll: true });
    (reply.closest("li") ?? reply).scrollIntoView({ block: "start" });
    announce(reply);
  } catch {
    waiting = navigator.onLine ? null : [form, submitter];
    tell(navigator.onLine ? texts().failed : texts().offline);
  } finally {
    sending = false;
    document.getElementById("main").removeAttribute("aria-busy");
  }
}

async function visit(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    show(parser.parseFromString(await answer.text(), "text/html"));
  } catch {
    tell(texts().offline);
  }
}

// The region that is read aloud stays as it is, so that screen readers notice only what is put into it.
function show(page) {
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  for (const part of ["header", ".columns", "footer"]) {
    document.querySelector(part).replaceWith(page.querySelector(part));
  }
}

function announce(reply) {
  document.getElementById("news").textContent = reply.innerText;
}

function tell(text) {
  document.getElementById("problem").textContent = text;
}

function texts() {
  return document.getElementById("main").dataset;
}
