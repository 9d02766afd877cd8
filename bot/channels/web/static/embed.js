// Shows the talk in a frame where this script stands: <script src="https://…/embed.js" data-lang="de" async></script>
(() => {
  const own = document.currentScript;
  const lang = own.dataset.lang === "de" ? "de" : "fr";
  const frame = document.createElement("iframe");
  const check = own.dataset.check ? `checks/${own.dataset.check}` : "";
  frame.src = new URL(`embed/${lang}/${check}`, own.src);
  frame.title = lang === "de" ? "Fragen zu den Betreuungsgutscheinen" : "Questions sur les bons de garde";
  frame.loading = "lazy";
  frame.allow = "clipboard-write";
  frame.style.cssText = `box-sizing:border-box;width:100%;height:${Number(own.dataset.height) || 720}px;border:1px solid #d5d9d6;border-radius:8px`;
  own.after(frame);
})();
