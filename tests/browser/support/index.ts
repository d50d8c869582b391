export { axe, axeOfPage } from './axe';
export { backendAtMidnight, backendMinutesLater } from './clock';
export { resetData, signIn } from './demonstration';
export { consentLink } from './mailbox';
export { expect, ofItsOwn, test } from './test';
