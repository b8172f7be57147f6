//! Randomness, from the browser's source for cryptography.

/// A short random name, for a replica.
pub fn random_name() -> String {
    format!("r{:020x}", chance() >> 48)
}

/// 128 random bits.
pub fn chance() -> u128 {
    let mut bytes = [0u8; 16];
    let crypto = web_sys::window().and_then(|w| w.crypto().ok());
    let filled = crypto.and_then(|c| c.get_random_values_with_u8_array(&mut bytes).ok());
    if filled.is_none() {
        // Every browser that runs WebAssembly has the source above; this keeps ids apart without it.
        bytes[..8].copy_from_slice(&js_sys::Math::random().to_bits().to_le_bytes());
        bytes[8..].copy_from_slice(&js_sys::Math::random().to_bits().to_le_bytes());
    }
    u128::from_le_bytes(bytes)
}
