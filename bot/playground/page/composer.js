// What a message box does in the browser itself: the next key may come before the server's answer to this one.
window.composer = {
  // Enter sends, Enter or Tab takes an offered name, the arrows choose another one.
  key(event, names, emit) {
    if (event.isComposing) return;
    const box = event.target;
    // An offer may come late, when the name it was for is long written.
    const started = /@[^\s@]*$|^\/\S*$/.test(box.value.slice(0, box.selectionStart));
    const chosen = started && names.querySelector(".is-chosen");
    if (chosen && ["ArrowDown", "ArrowUp", "Escape"].includes(event.key)) {
      emit(event.key, box.value, box.selectionStart);
    } else if (chosen && ["Enter", "Tab"].includes(event.key)) {
      this.complete(box, chosen);
    } else if (event.key === "Enter" && !event.shiftKey) {
      this.send(box, emit);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  },

  // The text is gone at once: what is typed next belongs to the next message.
  send(box, emit) {
    emit("send", box.value, box.selectionStart);
    this.put(box, "", 0);
  },

  paste(event, uploader) {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    uploader.addFiles([...event.clipboardData.files]);
  },

  drop(event, uploader) {
    uploader.addFiles([...event.dataTransfer.files]);
  },

  complete(box, option) {
    option.classList.remove("is-chosen");
    const started = option.dataset.insert.startsWith("/") ? /^\/\S*$/ : /@[^\s@]*$/;
    const before = box.value.slice(0, box.selectionStart).replace(started, `${option.dataset.insert} `);
    const after = box.value.slice(box.selectionStart).replace(/^ /, "");
    this.put(box, before + after, before.length);
  },

  put(box, text, caret) {
    box.focus();
    box.value = text;
    box.setSelectionRange(caret, caret);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  },
};
