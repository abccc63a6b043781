// Brings the first sentence under a field into view, and the caret into that field.
window.modal = {
  showFirstError() {
    setTimeout(() => {
      const shown = [...document.querySelectorAll(".modal .input-error")].find((each) => each.checkVisibility());
      if (!shown) return;
      const block = shown.closest(".block-input");
      block.scrollIntoView({ block: "center" });
      block.querySelector("input, textarea, select")?.focus({ preventScroll: true });
    }, 80);
  },
};

// A link to a message of this workspace opens here, as the person who looks.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || link.origin !== location.origin || !link.pathname.startsWith("/archives/")) return;
  event.preventDefault();
  const url = new URL(link.href);
  url.searchParams.set("who", new URLSearchParams(location.search).get("who") || "ada");
  location.assign(url);
});
