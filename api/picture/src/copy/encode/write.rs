//! Writing segments and bits.

/// A JPEG that is being written.
pub(super) struct Writer {
    bytes: Vec<u8>,
    kept: u64,
    count: u32,
}

impl Writer {
    pub(super) fn new() -> Self {
        Self {
            bytes: vec![0xFF, 0xD8],
            kept: 0,
            count: 0,
        }
    }

    /// A segment; of at most 65,533 bytes.
    pub(super) fn segment(&mut self, marker: u8, content: &[u8]) {
        let length = (content.len() + 2) as u16;
        self.bytes.extend([0xFF, marker]);
        self.bytes.extend(length.to_be_bytes());
        self.bytes.extend(content);
    }

    /// At most 16 bits.
    pub(super) fn bits(&mut self, (bits, many): (u32, u32)) {
        self.kept = self.kept << many | u64::from(bits);
        self.count += many;
        while self.count >= 8 {
            self.count -= 8;
            let byte = (self.kept >> self.count) as u8;
            self.bytes.push(byte);
            if byte == 0xFF {
                self.bytes.push(0);
            }
        }
    }

    /// Fills the last byte up with ones and ends the picture.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let rest = (8 - self.count % 8) % 8;
        self.bits(((1 << rest) - 1, rest));
        self.bytes.extend([0xFF, 0xD9]);
        self.bytes
    }
}
