mod devices;
mod facts;
mod form;
mod scenes;
