// Keeps a page of the preview as the papers are: listens to the server, and takes what has changed into the page in place,
// so that scroll position, focus, selection and open disclosures stay as they are. Without it everything can be read.
(() => {
  "use strict";

  const host = document.querySelector("quorate-bar");
  const tree = host?.shadowRoot;
  if (!tree) return;

  const { own, site, view } = host.dataset;
  const root = `${site}${view}/`; // where this view begins
  const about = (name) => `${own}${name}?view=${view}&path=${encodeURIComponent(host.dataset.path)}`;
  // What is not compared: the preview's own, and stylesheets, which are exchanged in their own way.
  const APART = 'quorate-bar, quorate-draft, [data-quorate], link[rel~="stylesheet"]';
  const KEPT = "quorate preview";

  let version = host.dataset.version; // of the page as it is shown
  let run; // of the server
  let stream;
  let again; // the timer of the next attempt to connect
  let attempts = 0;
  let counted = Date.now(); // when the seconds that are left were told

  // ---- Taking a new tree into an old one

  /** Makes `old` like `fresh`, an element of the same name, and keeps every node that is the same. Blocks that were not
      the same are added to `changed`. */
  function morph(old, fresh, changed) {
    for (const { name } of [...old.attributes])
      if (!fresh.hasAttribute(name) && !isReaders(old, name)) {
        old.removeAttribute(name);
        changed.add(old);
      }
    for (const { name, value } of [...fresh.attributes])
      if (old.getAttribute(name) !== value && !isReaders(old, name)) {
        old.setAttribute(name, value);
        // A paragraph that moves down has another number and address: that alone is no change to look at.
        if (!["id", "href"].includes(name)) changed.add(old);
      }
    morphChildren(old, fresh, changed);
  }

  /** Whether an attribute tells what the reader has done, and not what the page says. */
  const isReaders = (element, name) => name === "open" && ["DETAILS", "DIALOG"].includes(element.nodeName);

  function morphChildren(old, fresh, changed) {
    const compared = (parent) => [...parent.childNodes].filter((node) => !node.matches?.(APART));
    let [from, to] = [compared(old), compared(fresh)];
    const end = from.length ? from.at(-1).nextSibling : old.firstChild; // one that stands apart, or none
    // Most of a page is as it was: what is the same before and behind a change is not looked at again.
    let start = 0;
    while (start < Math.min(from.length, to.length) && from[start].isEqualNode(to[start])) start++;
    let [last, other] = [from.length, to.length];
    while (last > start && other > start && from[last - 1].isEqualNode(to[other - 1])) [last, other] = [last - 1, other - 1];
    const behind = from[last] ?? end;
    [from, to] = [from.slice(start, last), to.slice(start, other)];

    const partners = pair(from, to);
    const kept = new Set(partners.values());
    for (const node of from) if (!kept.has(node)) node.remove();
    let cursor = from.find((node) => kept.has(node)) ?? behind;
    const next = () => {
      do cursor = cursor?.nextSibling ?? null;
      while (cursor && cursor !== behind && cursor.matches?.(APART));
    };
    for (const node of to) {
      const partner = partners.get(node);
      if (!partner) {
        const added = document.importNode(node, true);
        old.insertBefore(added, cursor);
        if (added.nodeType === Node.ELEMENT_NODE) changed.add(added);
        else if (added.textContent.trim()) changed.add(old);
        continue;
      }
      if (partner === cursor) next();
      else old.insertBefore(partner, cursor);
      if (partner.nodeType === Node.ELEMENT_NODE) {
        if (!partner.hasAttribute("data-keep") && !partner.isEqualNode(node)) morph(partner, node, changed);
      } else if (partner.data !== node.data) {
        if (partner.data.trim() !== node.data.trim()) changed.add(old);
        partner.data = node.data;
      }
    }
  }

  /** For each new node the old one that it takes the place of: with the same id, or the same in all, or of the same
      name and class, or of the same name. */
  function pair(from, to) {
    const partners = new Map();
    const left = new Set(from);
    const match = (key) => {
      const keyed = new Map();
      for (const node of left) {
        const own = key(node);
        if (own) keyed.set(own, [...(keyed.get(own) ?? []), node]);
      }
      for (const node of to) {
        if (partners.has(node)) continue;
        const partner = keyed.get(key(node))?.shift();
        if (partner) {
          partners.set(node, partner);
          left.delete(partner);
        }
      }
    };
    match((node) => node.id && `${node.nodeName}#${node.id}`);
    match((node) => node.outerHTML);
    match((node) => `${node.nodeName}.${node.className ?? ""}`);
    match((node) => node.nodeName);
    return partners;
  }

  // ---- The page

  /** One thing after another: what is asked for while the page is being brought up to date is done once it is. */
  let work = Promise.resolve();
  const queue = (task) => (work = work.then(task).catch(() => {})); // what fails is tried again at the next event

  async function refreshPage() {
    const answer = await fetch(location.pathname + location.search, { cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const bar = fresh.querySelector("quorate-bar");
    if (!bar) throw new Error("not a page of the preview");
    if (bar.dataset.version !== version) {
      try {
        takePage(fresh);
      } catch {
        return reload();
      }
      version = bar.dataset.version;
      host.dataset.version = version;
      say("Page updated");
    }
    takeBar(new DOMParser().parseFromString(bar.querySelector("template")?.innerHTML ?? "", "text/html"));
  }

  function takePage(fresh) {
    const scripts = (page) => [...page.scripts].filter((script) => !script.matches(APART)).map((script) => script.outerHTML).join("\n");
    // Scripts that have run cannot be taken back.
    if (scripts(document) !== scripts(fresh)) throw new Error("other scripts");
    takeSheets(fresh);
    const focused = document.activeElement;
    const changed = new Set();
    morph(document.head, fresh.head, new Set());
    for (const [old, now] of [[document.documentElement, fresh.documentElement], [document.body, fresh.body]])
      for (const { name, value } of now.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    morphChildren(document.body, fresh.body, changed);
    if (focused && !focused.isConnected && focused.id) document.getElementById(focused.id)?.focus({ preventScroll: true });
    highlight(changed);
  }

  /** The page's own stylesheets, without those that are about to leave. */
  const sheets = (page) => [...page.querySelectorAll('link[rel~="stylesheet"]:not([data-quorate], [data-leaves])')];

  function takeSheets(fresh) {
    const [old, now] = [sheets(document), sheets(fresh)];
    if (old.length !== now.length) throw new Error("other stylesheets");
    old.forEach((link, index) => link.href !== now[index].href && swap(link, now[index].href));
  }

  /** Puts a stylesheet in the place of another; that one goes only when the new one is there, so that nothing flashes. */
  function swap(link, href) {
    const fresh = link.cloneNode();
    fresh.href = href;
    link.setAttribute("data-leaves", "");
    fresh.addEventListener("load", () => link.remove());
    fresh.addEventListener("error", () => (fresh.remove(), link.removeAttribute("data-leaves")));
    link.after(fresh);
  }

  /** The names of files change with what they hold: `quorate.0a1b2c3d.css` takes the place of `quorate.99f0e1d2.css`. */
  function takeStyle({ href, version: fresh }) {
    const stem = (address) => new URL(address, location.href).pathname.replace(/\.[0-9a-f]{8}(\.css)$/, "$1");
    const address = new URL(root + href, location.href).href;
    const link = sheets(document).find((link) => stem(link.href) === stem(address));
    if (!link) return queue(refreshPage);
    if (link.href !== address) swap(link, address);
    version = fresh;
    host.dataset.version = fresh;
  }

  /** Shows for a moment what has changed. */
  function highlight(changed) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches || changed.size > 60) return;
    const blocks = [...changed].map((element) => element.closest?.("p, li, td, th, dd, dt, h1, h2, h3, h4, h5, h6, figure, summary, blockquote, pre, tr") ?? element);
    for (const block of new Set(blocks))
      if (block !== document.body && !blocks.some((other) => other !== block && other.contains(block)))
        block.animate?.([{ backgroundColor: "rgb(255 212 121 / .55)", offset: 0 }], { duration: 1600, easing: "ease-out" });
  }

  /** The page from its beginning, as it stands now: for what cannot be done in place. */
  function reload() {
    const open = [...document.querySelectorAll("details")].map((details) => details.open);
    sessionStorage.setItem(KEPT, JSON.stringify({ address: location.href, x: scrollX, y: scrollY, open }));
    location.reload();
  }

  function comeBack() {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    sessionStorage.removeItem(KEPT);
    if (kept?.address !== location.href) return;
    const all = [...document.querySelectorAll("details")];
    if (all.length === kept.open.length) all.forEach((details, index) => (details.open = kept.open[index]));
    scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
  }

  // ---- The bar

  async function refreshBar() {
    const answer = await fetch(about("bar"), { cache: "no-store" });
    if (answer.ok) takeBar(new DOMParser().parseFromString(await answer.text(), "text/html"));
  }

  function takeBar(fresh) {
    const [bar, now] = [tree.querySelector(".bar"), fresh.querySelector(".bar")];
    if (!bar || !now) return;
    const focused = tree.activeElement;
    const within = focused?.closest("details");
    const places = [...bar.querySelectorAll(".panel")].map((panel) => [panel, panel.scrollTop]);
    morph(bar, now, new Set());
    for (const [panel, top] of places) panel.scrollTop = top;
    // What had the focus is gone, say a finding that was put right: its list is near.
    if (focused && !focused.isConnected) (within?.isConnected ? within : bar).querySelector("summary")?.focus({ preventScroll: true });
    counted = Date.now();
    watermark(bar.dataset.draft === "true");
    measure();
  }

  function watermark(draft) {
    const mark = document.querySelector("quorate-draft");
    if (!draft) mark?.remove();
    else if (!mark) {
      const fresh = document.createElement("quorate-draft");
      fresh.setAttribute("aria-hidden", "true");
      fresh.textContent = "DRAFT";
      host.before(fresh);
    }
  }

  /** Tells a screen reader. */
  function say(words) {
    const news = tree.querySelector(".news");
    news.textContent = "";
    setTimeout(() => (news.textContent = words), 100); // the same words twice are news too
  }

  const lost = (shown) => {
    const line = tree.querySelector(".lost");
    if (line.hidden === shown) line.hidden = !shown;
  };

  /** "3 days 4 hours left", in the words of the server. */
  function left(seconds) {
    const unit = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
    const [days, hours, minutes] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
    if (days) return `${unit(days, "day")} ${unit(hours, "hour")} left`;
    if (hours) return `${unit(hours, "hour")} ${unit(minutes, "minute")} left`;
    return minutes ? `${unit(minutes, "minute")} left` : "less than a minute left";
  }

  // Counted from the server's moment: this machine's clock may show another.
  function countDown() {
    for (const element of tree.querySelectorAll("[data-left]")) {
      const seconds = Number(element.dataset.left) - Math.floor((Date.now() - counted) / 1000);
      const words = seconds >= 0 ? left(seconds) : element.dataset.passed;
      if (element.textContent !== words) element.textContent = words;
    }
  }

  // What scrolls into view, and what gets the focus, must not end behind the bar or an open list (WCAG 2.2, 2.4.11).
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);
  function measure() {
    const bar = tree.querySelector(".bar");
    const panel = bar.querySelector("details[open] .panel");
    const rest = bar.offsetHeight;
    const covered = Math.min(innerHeight - (panel ?? bar).getBoundingClientRect().top, innerHeight * 0.75);
    sheet.replaceSync(`:root { --quorate-rest: ${rest}px; --quorate-bar: ${Math.round(covered + 12)}px; }`);
  }

  tree.addEventListener("toggle", measure, true);
  new ResizeObserver(measure).observe(tree.querySelector(".bar"));
  addEventListener("resize", measure);

  addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && !event.defaultPrevented && tree.querySelector("details[open]");
    if (!open) return;
    const inside = open.contains(tree.activeElement);
    open.open = false;
    if (inside) open.querySelector("summary").focus();
  });

  tree.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target; // which the event forgets once it is over
    const button = form.querySelector("button");
    button.setAttribute("aria-disabled", "true");
    queue(async () => {
      await fetch(form.action, { method: "POST" });
      await refreshBar();
    });
  });

  /** Fetches pictures anew: another picture under the same name stays unseen otherwise. */
  function refreshPictures() {
    for (const picture of document.images) {
      const address = new URL(picture.src);
      if (address.origin !== location.origin) continue;
      address.search = `?${Date.now()}`;
      picture.src = address;
    }
  }

  // ---- The server

  function connect() {
    clearTimeout(again);
    stream?.close();
    const mine = (stream = new EventSource(`${about("events")}&version=${encodeURIComponent(version)}`));
    const on = (name, act) => mine.addEventListener(name, (event) => mine === stream && act(event.data ? JSON.parse(event.data) : {}));
    on("hello", (hello) => {
      attempts = 0;
      lost(false);
      if (run !== undefined && run !== hello.run) say("The preview is there again");
      run = hello.run;
      queue(hello.version === version ? refreshBar : refreshPage);
    });
    // A page that is the same as before is told of when a picture on it is not.
    on("page", (page) => queue(page.version === version ? refreshPictures : refreshPage));
    on("style", takeStyle);
    on("bar", () => queue(refreshBar));
    on("farewell", () => {
      lost(true);
      later();
    });
    mine.onerror = () => mine === stream && later();
  }

  /** Connects again, anew and not by the browser's own means: the address tells the version that is shown. */
  function later() {
    stream?.close();
    stream = undefined;
    attempts += 1;
    if (attempts > 2) lost(true);
    clearTimeout(again);
    if (!document.hidden) again = setTimeout(connect, Math.min(250 * attempts, 2000));
  }

  // A browser allows six connections to a host: a tab that nobody sees takes none.
  function pause() {
    clearTimeout(again);
    stream?.close();
    stream = undefined;
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? pause() : connect()));
  addEventListener("pagehide", pause);
  addEventListener("pageshow", (event) => event.persisted && connect());

  comeBack();
  measure();
  setInterval(countDown, 1000);
  if (!document.hidden) connect();
})();
