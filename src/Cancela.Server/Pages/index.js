import { call } from './api.js';

// The documentation is on where the operator wants it.
const docs = await call('HEAD', '/docs/index.html');
document.getElementById('docs').hidden = !docs.ok;
