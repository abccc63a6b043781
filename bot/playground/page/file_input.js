// Reads the files that somebody chose, as far as a message to the server may carry them.
window.fileInput = {
  async read(input, emit) {
    const files = [];
    for (const file of input.files) {
      if (file.size > 600000) {
        input.setCustomValidity("At most 600 KB here.");
        input.reportValidity();
        input.value = "";
        return;
      }
      const bytes = new Uint8Array(await file.arrayBuffer());
      let binary = "";
      for (const byte of bytes) binary += String.fromCharCode(byte);
      files.push({ name: file.name, content: btoa(binary) });
    }
    emit(files);
  },
};
