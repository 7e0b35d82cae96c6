import { expose } from 'comlink';
import { createSearchSession } from './search-session.ts';

// Thread: the search worker of the page.
expose(createSearchSession());
