// Lists and downloads all that Variorum has stored in this browser, without Variorum.
//
// It reads only. It must not even create the database it looks for: the app would find it without its stores.
'use strict';

(() => {
  const PREFIX = 'v/';
  const DATABASE = 'variorum';
  const element = (id) => document.getElementById(id);
  const problems = [];

  function local() {
    const entries = {};
    try {
      for (const key of Object.keys(localStorage).sort()) {
        if (key.startsWith(PREFIX) && key !== 'v/ballast') entries[key] = localStorage.getItem(key);
      }
    } catch (error) {
      problems.push(`Local storage cannot be read (${error}).`);
    }
    return entries;
  }

  const settled = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  async function indexed() {
    const stores = {};
    try {
      const opening = indexedDB.open(DATABASE);
      opening.onupgradeneeded = () => opening.transaction.abort();
      const database = await settled(opening);
      for (const name of database.objectStoreNames) {
        const store = database.transaction(name).objectStore(name);
        const [keys, values] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())]);
        stores[name] = Object.fromEntries(keys.map((key, i) => [key, values[i]]));
      }
      database.close();
    } catch (error) {
      if (error?.name !== 'AbortError') problems.push(`The backup copy cannot be read (${error}).`);
    }
    return stores;
  }

  // A value is `1 <codec> <length> <checksum> <payload>`; codec 0 is JSON as it is.
  function card(value) {
    try {
      const [version, codec] = value.split(' ', 2);
      return version === '1' && codec === '0' ? JSON.parse(value.slice(value.indexOf('{'))) : {};
    } catch {
      return {};
    }
  }

  function list(entries, copies) {
    const projects = new Map();
    const count = (all, field) => {
      for (const [key, value] of Object.entries(all)) {
        const space = /^v\/p\/([^/]+)\//.exec(key)?.[1] ?? (key.startsWith('v/t/') ? 'texts' : 'other');
        const row = projects.get(space) ?? { name: '', local: 0, copy: 0, characters: 0 };
        row[field] += 1;
        if (field === 'local' || !(key in entries)) row.characters += String(value).length;
        if (key === `v/p/${space}/i`) row.name ||= card(value).name ?? '';
        projects.set(space, row);
      }
    };
    count(entries, 'local');
    count(copies, 'copy');
    const names = { texts: 'Texts of articles', other: 'Other' };
    for (const [space, row] of projects) {
      const line = element('list').insertRow();
      for (const cell of [names[space] ?? (row.name || `Project ${space}`), row.local, row.copy, row.characters]) {
        line.insertCell().textContent = cell.toLocaleString();
      }
    }
    return projects.size;
  }

  function save(entries, stores) {
    const saved = new Date().toISOString();
    const text = JSON.stringify({ format: 'variorum-rescue', version: 1, saved, entries, indexed: stores }, null, 1);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = `variorum-rescue-${saved.slice(0, 19).replaceAll(':', '-')}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  async function look() {
    const entries = local();
    const stores = await indexed();
    const found = list(entries, { ...stores.blobs, ...stores.journal });
    element('state').textContent = [...problems, found ? 'Ready.' : 'Nothing of Variorum is stored in this browser.'].join(' ');
    element('download').disabled = !found;
    element('download').addEventListener('click', () => save(entries, stores));
  }

  look();
})();
