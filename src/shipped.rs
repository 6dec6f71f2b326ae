//! What the module in the npm package has instead of std: a small allocator, and panics that trap at once. The face
//! catches the trap, rejects what is under way and starts the module anew (`src/js/instance.js`).

use lol_alloc::{AssumeSingleThreaded, FreeListAllocator};

#[allow(unsafe_code)]
#[global_allocator]
// SAFETY: the module is built without threads.
static ALLOCATOR: AssumeSingleThreaded<FreeListAllocator> =
    unsafe { AssumeSingleThreaded::new(FreeListAllocator::new()) };

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
