// An address of this workspace opens here, as the person who looks; any other one opens beside the page.
window.links = {
  here(address) {
    const url = new URL(address, location.href);
    const ours = url.origin === location.origin || url.hostname.endsWith(".slack.test");
    if (!ours || !url.pathname.startsWith("/archives/")) return null;
    url.searchParams.set("who", new URLSearchParams(location.search).get("who") || "ada");
    return url.pathname + url.search;
  },

  open(address) {
    const place = links.here(address);
    if (place) location.assign(place);
    else window.open(address, "_blank", "noopener");
  },
};

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  const place = link && links.here(link.href);
  if (!place) return;
  event.preventDefault();
  location.assign(place);
});
