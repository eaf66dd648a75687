// The desk's keys. Every key is one request; its answer is the next field, which takes the place of the one on screen.

const PX_A_POINT = 200 / 72; // how dense the server draws pages
const KEPT_PAGES = 8;
const pictures = new Map(); // decoded pages by address
const visited = []; // fields shown before this one, for p
let shownAt = performance.now();
let busy = false;

const desk = () => document.getElementById("desk");
const main = () => desk()?.querySelector("main");
const field = () => desk()?.querySelector("main[data-path]");
const edit = () => document.getElementById("edit");
const say = (text) => { document.getElementById("said").textContent = text; };

function here() {
  const at = field()?.dataset;
  return at ? { submission: at.submission, form: Number(at.form), path: at.path } : null;
}

async function ask(url, body) {
  const part = JSON.parse(desk().dataset.part);
  return fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...body, part }),
  });
}

// Show what the server answered; where it could not be asked, the field and what was typed stay on screen.
async function send(url, body, remember = true) {
  if (busy) return;
  busy = true;
  const before = here();
  try {
    const answer = await ask(url, body);
    const text = await answer.text();
    if (!text.trimStart().startsWith("<div id=\"desk\"")) {
      say(answer.status === 401 ? "已退出，请重新打开地址" : text.slice(0, 300));
      return;
    }
    if (remember && before) visited.push(before);
    show(text);
  } catch {
    say("服务没有回答：刚才的决定尚未保存，请检查 shenbao review 是否在运行，再按一次");
  } finally {
    busy = false;
  }
}

function show(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  desk().replaceWith(holder.content.firstElementChild);
  ready();
}

window.addEventListener("popstate", () => location.reload());

function ready() {
  shownAt = performance.now();
  say(field() ? desk().dataset.message ?? "" : "");
  main()?.focus({ preventScroll: true });
  if (field()) document.title = `${field().getAttribute("aria-label")} · 还有 ${desk().dataset.left} 项`;
  document.querySelectorAll("svg[data-src]").forEach(draw);
  document.querySelectorAll("[data-grid]").forEach(grid);
  document.querySelector("[data-column]")?.focus();
  for (const url of JSON.parse(desk()?.dataset.ahead || "[]")) kept(url);
  sums();
}

function decide(kind, text = null, path = null) {
  const at = here();
  if (!at) return;
  const version = path ? Number(field().dataset.rowVersion ?? 0) : Number(field().dataset.version);
  send("/field/decide", {
    at: path ? { ...at, path } : at, kind, text, version,
    seconds: Math.round((performance.now() - shownAt) / 100) / 10,
  });
}

function toggle(node, wanted) {
  if (node) node.hidden = wanted === undefined ? !node.hidden : !wanted;
}

function openEdit() {
  toggle(edit(), true);
  const box = document.getElementById("value");
  box.focus();
  box.select();
}

function closeEdit() {
  toggle(edit(), false);
  main()?.focus({ preventScroll: true });
  sums();
}

// From the queue the first field comes into this page: a page that loads anew would miss the next key.
async function begin() {
  const first = document.querySelector("a.first");
  if (first) return location.assign(first.href);
  await send("/field/show", {}, false);
  if (field()) history.pushState(null, "", document.querySelector("a.go")?.href ?? "/field");
}

const KEYS = {
  Enter: () => decide("accept"),
  "0": () => decide("blank"),
  x: () => decide("illegible"),
  d: () => field().dataset.row && field().dataset.row !== here().path && decide("absent", null, field().dataset.row),
  a: () => field().dataset.row && location.assign(`/row?at=${encodeURIComponent(`${here().submission}:${here().form}:${field().dataset.row}`)}`),
  e: openEdit,
  " ": () => send("/field/later", { at: here() }),
  g: () => { field().classList.toggle("whole"); document.querySelectorAll("svg[data-src]").forEach(draw); },
  r: () => { document.body.classList.toggle("unred"); document.querySelectorAll("svg[data-src]").forEach(draw); },
  p: () => visited.length ? send("/field/show", { at: visited.pop() }, false) : say("没有上一项"),
};
const ALWAYS = {
  n: () => field() ? send("/field/next", { at: here() }) : begin(),
  u: () => send("/field/undo", {}),
  "?": () => toggle(document.getElementById("help")),
  Escape: () => toggle(document.getElementById("help"), false),
};

function press(key) {
  if (document.querySelector("[data-group]")) return pressInGroup(key);
  if (ALWAYS[key]) return ALWAYS[key](), true;
  if (!field()) return false;
  const candidate = /^[1-9]$/.test(key) && document.querySelectorAll("[data-candidate]")[Number(key) - 1];
  if (candidate) return decide("candidate", candidate.dataset.candidate), true;
  if (KEYS[key]) return KEYS[key](), true;
  return false;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
  const inText = event.target.closest("input, textarea, select");
  if (inText) {
    if (event.key === "Escape" && leave()) event.preventDefault();
    if (event.key === "Enter" && !event.shiftKey && inText.id === "value") {
      event.preventDefault();
      if (!event.repeat) decide("edit", inText.value);
    }
    return;
  }
  // a button or link that has the focus keeps its own Enter and Space; of a picture in a group Enter is the group's
  const member = event.target.closest(".member");
  if (!(member && event.key === "Enter") && event.target.closest("button, a") && (event.key === "Enter" || event.key === " ")) return;
  if (event.repeat && event.key !== "n" && event.key !== "p") return;
  if (press(event.key)) event.preventDefault();
});

// Esc leaves what is being typed: the text of a field, or a row that is put in.
function leave() {
  if (document.getElementById("row")) return history.back(), true;
  return edit() && !edit().hidden && (closeEdit(), true);
}

document.addEventListener("submit", (event) => {
  if (event.target.id === "row") {
    event.preventDefault();
    return void addRow();
  }
  if (event.target.id !== "edit") return;
  event.preventDefault();
  decide("edit", document.getElementById("value").value);
});

// The fields of a group that are not marked get one answer together.
async function settle(kind, text = null) {
  if (busy) return;
  busy = true;
  const rest = [...document.querySelectorAll('.member[aria-pressed="false"]')].map(({ dataset: at }) => (
    { submission: at.submission, form: Number(at.form), path: at.path, version: Number(at.version) }));
  const seconds = Math.round((performance.now() - shownAt) / 100) / 10;
  const body = { kind, text, members: rest, seconds };
  try {
    const answer = await fetch("/group/decide", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    if (answer.ok) location.assign("/group");
    else say((await answer.text()).slice(0, 300));
  } catch {
    say("服务没有回答：刚才的决定尚未保存");
  } finally {
    busy = false;
  }
}

function pressInGroup(key) {
  const candidate = /^[1-9]$/.test(key) && document.querySelectorAll("[data-candidate]")[Number(key) - 1];
  if (candidate) return settle("candidate", candidate.dataset.candidate), true;
  if (key === "Enter") return settle("accept"), true;
  if (key === "0") return settle("blank"), true;
  if (key === "?") return ALWAYS["?"](), true;
  const members = [...document.querySelectorAll(".member")];
  const step = { ArrowRight: 1, ArrowLeft: -1, n: 1, p: -1 }[key];
  if (!step || !members.length) return false;
  members[(members.indexOf(document.activeElement) + step + members.length) % members.length].focus();
  return true;
}

document.addEventListener("click", (event) => {
  const member = event.target.closest(".member");
  if (member) return void member.setAttribute("aria-pressed", member.getAttribute("aria-pressed") === "false");
  if (event.target.closest("[data-confirm]")) return void confirmSection(event.target.closest("[data-section]"), "accept");
  if (event.target.closest("[data-take-back]")) return void confirmSection(event.target.closest("[data-section]"), "undo");
  const button = event.target.closest("button[data-key]");
  if (!button) return;
  if (button.dataset.key === "Escape") leave();
  else press(button.dataset.key);
});

async function confirmSection(line, kind) {
  const { submission } = JSON.parse(desk().dataset.part);
  const at = { submission, form: Number(line.dataset.form), path: line.dataset.section };
  await saved(ask("/field/decide", { at, kind, version: Number(line.dataset.version) }), () => location.reload());
}

// What was typed stays on screen until the server has it.
async function saved(asked, then) {
  const answer = await asked.catch(() => null);
  if (answer?.ok) then();
  else say(answer ? (await answer.text()).slice(0, 300) : "服务没有回答：刚才的内容尚未保存，请再试");
}

async function addRow() {
  if (busy) return;
  busy = true;
  const { rowOf: submission, form, version } = main().dataset;
  const texts = Object.fromEntries([...document.querySelectorAll("[data-column]")].map((box) => [box.dataset.column, box.value]));
  const body = {
    at: { submission, form: Number(form), path: document.getElementById("place").value },
    text: JSON.stringify(texts), version: Number(version), seconds: Math.round((performance.now() - shownAt) / 100) / 10,
  };
  const asked = fetch("/row/add", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  await saved(asked, () => location.assign(`/submission/${submission}`));
  busy = false;
}

document.addEventListener("input", (event) => { if (event.target.id === "value") sums(event.target.value); });

// Amounts are added as whole numbers of their last digit: binary fractions would not balance.
function sums(typed) {
  for (const line of document.querySelectorAll(".sum")) {
    const own = line.querySelector(".own");
    if (own && typed !== undefined) own.textContent = typed || "—";
    else if (own) own.textContent = field().dataset.value.replace("%", "") || own.textContent;
    const side = (name) => [...line.querySelectorAll(`[data-side=${name}]`)].map((term) => figure(term.textContent));
    const holds = line.dataset.share === "1" ? shareHolds(side("left"), side("right")) : sumHolds(side("left"), side("right"));
    const mark = line.querySelector(".holds");
    mark.textContent = holds === null ? "" : holds ? "✓" : "✗";
    mark.className = `holds ${holds ? "yes" : "no"}`;
  }
}

function figure(text) {
  const bare = text.replace(/[,，\s%]/g, "");
  return /^[-+]?\d+(\.\d+)?$/.test(bare) ? bare : null;
}

function sumHolds(left, right) {
  const blank = (text) => text ?? "0";
  if (!left.some(Boolean) || !right.some(Boolean)) return null;
  const digits = Math.max(2, ...[...left, ...right].map((text) => (blank(text).split(".")[1] ?? "").length));
  const whole = (text) => {
    const [units, parts = ""] = blank(text).split(".");
    return BigInt(units.replace("+", "") + parts.padEnd(digits, "0"));
  };
  const add = (texts) => texts.map(whole).reduce((a, b) => a + b, 0n);
  const apart = add(left) - add(right);
  return (apart < 0n ? -apart : apart) <= 11n * 10n ** BigInt(digits) / 1000n;
}

function shareHolds([part, whole], [share]) {
  if (!part || !whole || !share || Number(whole) === 0) return null;
  const digits = (share.split(".")[1] ?? "").length;
  return Math.abs((100 * Number(part)) / Number(whole) - Number(share)) <= Math.max(0.011, 0.51 * 10 ** -digits);
}

// A part of a page's picture, cut by the browser: the page is fetched once for all of its fields.
function draw(svg) {
  const url = svg.dataset.src + (document.body.classList.contains("unred") ? "?red=off" : "");
  const picture = kept(url);
  const place = () => {
    const size = [picture.naturalWidth / PX_A_POINT, picture.naturalHeight / PX_A_POINT];
    const turn = Number(svg.dataset.turn || 0);
    const upright = (box) => turned(box, size, turn);
    const high = turn % 2 ? size[0] : size[1];
    const [x0, top, x1, bottom] = upright(svg.dataset.box ? numbers(svg.dataset.box) : [0, 0, ...size]);
    const pad = svg.dataset.box ? 4 : 0;
    const view = [x0 - pad, top - pad, x1 - x0 + 2 * pad, bottom - top + 2 * pad];
    svg.setAttribute("viewBox", view.join(" "));
    if (svg.dataset.zoom) svg.setAttribute("width", Math.round(view[2] * Number(svg.dataset.zoom)));
    const image = shape("image", { href: picture.src, x: 0, y: 0, width: size[0], height: size[1], transform: turning(size, turn) });
    svg.replaceChildren(image);
    if (!svg.dataset.mark) return;
    const [left, above, right, below] = upright(numbers(svg.dataset.mark));
    svg.append(shape("rect", { class: "mark", x: left - 2, y: above - 2, width: right - left + 4, height: below - above + 4 }));
    if (!svg.dataset.box) look(svg, (above + below) / 2 / high);
  };
  const refuse = async () => {
    pictures.delete(url);
    const answer = await fetch(picture.src).catch(() => null);
    const line = document.createElement("p");
    line.className = "nothing";
    line.textContent = answer ? (await answer.text()).slice(0, 200) : "服务没有回答";
    svg.replaceWith(line);
  };
  if (picture.complete && picture.naturalWidth) place();
  else {
    picture.addEventListener("load", place);
    picture.addEventListener("error", refuse);
  }
}

// A box of a page as it was handed in, on the page turned by so many quarters clockwise.
function turned([x0, top, x1, bottom], [wide, high], turn) {
  return [[x0, top, x1, bottom], [high - bottom, x0, high - top, x1], [wide - x1, high - bottom, wide - x0, high - top], [top, wide - x1, bottom, wide - x0]][turn];
}

function turning([wide, high], turn) {
  return [`matrix(1 0 0 1 0 0)`, `matrix(0 1 -1 0 ${high} 0)`, `matrix(-1 0 0 -1 ${wide} ${high})`, `matrix(0 -1 1 0 0 ${wide})`][turn];
}

// The pictures of the last pages stay decoded: the next field is mostly on the same page.
function kept(url) {
  const picture = pictures.get(url) ?? Object.assign(new Image(), { src: url });
  pictures.delete(url);
  pictures.set(url, picture);
  if (pictures.size > KEPT_PAGES) pictures.delete(pictures.keys().next().value);
  return picture;
}

const numbers = (text) => text.split(" ").map(Number);

function shape(name, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

// Have the marked place of a long page on screen.
function look(svg, share) {
  const frame = svg.closest(".page");
  frame.scrollTop = share * frame.scrollHeight - frame.clientHeight / 2;
}

async function grid(place) {
  const answer = await fetch(place.dataset.grid).catch(() => null);
  place.innerHTML = answer ? await answer.text() : "服务没有回答";
  place.querySelector(".marked")?.scrollIntoView({ block: "center", inline: "center" });
}

ready();
