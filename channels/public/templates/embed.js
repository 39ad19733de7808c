/* One script tag on a partner's page: <script src="https://…/embed.js" data-lang="nl" async></script>
   It adds a button; the chat runs in a frame of its own origin, which this page cannot look into. No cookie, no storage. */
(() => {
  "use strict";
  const words = {{ words|safe }};
  const exit = {{ exit_url|safe }};
  const tag = document.currentScript;
  if (!tag) return;
  const origin = new URL(tag.src).origin;
  const wanted = tag.dataset.lang || document.documentElement.lang.slice(0, 2);
  const lang = wanted === "fr" ? "fr" : "nl";
  const t = words[lang];

  const host = document.createElement("div");
  host.lang = lang;
  const root = host.attachShadow({ mode: "closed" });
  const css = `
    :host { all: initial; }
    button { position: fixed; z-index: 2147483647; right: 1rem; bottom: 1rem; min-width: 56px; min-height: 48px; padding: 0 1.25rem;
      border: 2px solid #fff; border-radius: 1.5rem; background: #17595b; color: #fff; font: 600 1rem system-ui, sans-serif; cursor: pointer; }
    button:focus-visible { outline: 3px solid #e0a100; outline-offset: 3px; }
    iframe { position: fixed; z-index: 2147483647; right: 1rem; bottom: 1rem; width: min(26rem, calc(100vw - 2rem));
      height: min(42rem, calc(100vh - 2rem)); border: 1px solid #7d8b8a; border-radius: 1rem; background: #f6f1e9; }
    [hidden] { display: none; }
    @media (max-width: 480px) { iframe { inset: 0; width: 100%; height: 100%; border: 0; border-radius: 0; } }`;
  try {
    const sheet = new CSSStyleSheet(); // no policy of the page forbids it
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // Safari before 16.4. A policy that forbids styles leaves the button plain, but in its corner and usable.
    const style = document.createElement("style");
    style.nonce = tag.nonce;
    style.textContent = css;
    root.append(style);
    if (!style.sheet) Object.assign(host.style, { position: "fixed", zIndex: "2147483647", right: "1rem", bottom: "1rem" });
  }

  const button = document.createElement("button");
  button.type = "button";
  button.textContent = t.open;
  button.setAttribute("aria-label", t.open_label);
  button.setAttribute("aria-expanded", "false");
  root.append(button);
  let frame = null;

  const show = (open) => {
    if (open && !frame) {
      frame = document.createElement("iframe");
      frame.title = t.frame;
      frame.referrerPolicy = "no-referrer";
      [frame.width, frame.height] = ["320", "480"]; // where no style may say more
      frame.src = `${origin}/embed?lang=${lang}`;
      root.append(frame);
    }
    if (!frame) return;
    frame.hidden = !open;
    button.hidden = open;
    button.setAttribute("aria-expanded", String(open));
    (open ? frame : button).focus();
  };
  button.addEventListener("click", () => show(true));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && frame && !frame.hidden) show(false);
  });
  addEventListener("message", (event) => {
    if (event.origin !== origin || !frame || event.source !== frame.contentWindow) return;
    if (event.data === "chat:close") show(false);
    if (event.data === "chat:leave") {
      document.documentElement.style.display = "none";
      location.replace(new URL(exit, origin));
    }
  });
  const add = () => document.body.append(host);
  if (document.body) add();
  else addEventListener("DOMContentLoaded", add);
})();
