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
offerCopying();

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
    const stays = typed && !reply.classList.contains("result") && matchMedia("(pointer: fine)").matches;
    if (stays) goOnWriting(field);
    else reply.focus({ preventScroll: true });
    bringIntoView(reply);
    announce(stays ? reply.innerText : "");
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
  offerCopying();
}

// A reply is read aloud once: by the focus that goes to it, or, where the field keeps the focus, by the region for news.
// On a telephone the focus always goes to the reply, so that the keyboard does not cover it.
function announce(text) {
  document.getElementById("news").textContent = text;
}

// What the field is about has just been read; it is told again to whoever comes back to the field.
function goOnWriting(field) {
  const about = field.getAttribute("aria-describedby");
  field.removeAttribute("aria-describedby");
  field.focus({ preventScroll: true });
  if (about) field.addEventListener("blur", () => field.setAttribute("aria-describedby", about), { once: true });
}

// The beginning of the reply, below what was said, unless that takes most of the window.
function bringIntoView(reply) {
  const whole = reply.closest("li") ?? reply;
  const above = reply.getBoundingClientRect().top - whole.getBoundingClientRect().top;
  (above > innerHeight / 4 ? reply : whole).scrollIntoView({ block: "start" });
}

function offerCopying() {
  for (const button of document.querySelectorAll(".copy")) {
    button.hidden = false;
    button.onclick = () => copy(button);
  }
}

// The text is marked too: without the right to copy it is ready to be copied by hand.
async function copy(button) {
  const text = button.parentElement.previousElementSibling;
  const lines = [...text.querySelectorAll("p, li")].map((line) => (line.matches("li") ? "- " : "") + line.innerText);
  getSelection().selectAllChildren(text);
  try {
    await navigator.clipboard.writeText(lines.join("\n"));
  } catch {
    if (!document.execCommand("copy")) return;
  }
  button.textContent = button.dataset.done;
  announce(button.dataset.done);
}

function tell(text) {
  document.getElementById("problem").textContent = text;
}

function texts() {
  return document.getElementById("main").dataset;
}
