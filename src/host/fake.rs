//! A scripted host with a virtual clock, and a value that behaves as a JavaScript value does: objects and lists are
//! shared, not copied, so a test notices when core changes something in place.
