//! What the module in the npm package has instead of std: a small allocator, and panics that trap at once. The face
//! catches the trap, rejects what is under way and starts the module anew (`src/js/instance.js`).

use talc::wasm::WasmDynamicTalc;

#[global_allocator]
static ALLOCATOR: WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
