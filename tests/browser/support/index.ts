export { axe } from './axe';
export { resetData, signIn } from './demonstration';
export { expect, test } from './test';
