/** The report's only script: filters the files table and switches the theme. Everything can be read without it. */
export const SCRIPT = `
(function () {
  var root = document.documentElement;
  var toggle = document.getElementById('theme');
  if (toggle) toggle.addEventListener('click', function () {
    var dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
  });
  var table = document.getElementById('files-table');
  if (!table) return;
  var rows = Array.prototype.slice.call(table.tBodies[0].rows);
  var text = document.getElementById('files-text');
  var status = document.getElementById('files-status');
  var trouble = document.getElementById('files-trouble');
  var shown = document.getElementById('files-shown');
  function apply() {
    var words = text.value.toLowerCase().split(/\\s+/).filter(Boolean);
    var count = 0;
    rows.forEach(function (row) {
      var content = row.dataset.search;
      var match = words.every(function (word) { return content.indexOf(word) >= 0; }) &&
        (!status.value || row.dataset.status === status.value) && (!trouble.checked || row.dataset.trouble === '1');
      row.hidden = !match;
      if (match) count++;
    });
    shown.textContent = count + ' of ' + rows.length + ' files';
  }
  [text, status, trouble].forEach(function (control) { control.addEventListener('input', apply); });
  apply();
})();
`;
