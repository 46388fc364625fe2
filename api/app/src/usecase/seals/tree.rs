//! The tree over a batch: RFC 6962, section 2.1, with SHA-256. Leaves and nodes are hashed with another first byte, so that
//! none is ever taken for the other.

use crate::app::sha256;
use liangxin_domain::evidence::digest::Sha256;

/// The hash of a leaf.
pub(super) fn leaf(bytes: &[u8]) -> Sha256 {
    sha256(&[&[0], bytes].concat())
}

fn node(left: Sha256, right: Sha256) -> Sha256 {
    sha256(&[&[1], left.bytes().as_slice(), right.bytes()].concat())
}

/// The root over leaves in their order.
pub(super) fn root(leaves: &[Sha256]) -> Sha256 {
    match leaves {
        [] => sha256(&[]),
        [leaf] => *leaf,
        more => {
            // The greatest power of two that is less than their number.
            let left = more.len().next_power_of_two() / 2;
            let (left, right) = more.split_at(left);
            node(root(left), root(right))
        }
    }
}

/// The hashes beside the way from the leaf at a place up to the root, the lowest one first: what proves to whoever has the
/// leaf and the root that the one is under the other (RFC 6962, section 2.1.1). Empty where there is no such place.
pub(super) fn path(leaves: &[Sha256], place: usize) -> Vec<Sha256> {
    if leaves.len() < 2 || place >= leaves.len() {
        return Vec::new();
    }
    let split = leaves.len().next_power_of_two() / 2;
    let (left, right) = leaves.split_at(split);
    let (mut below, beside) = if place < split {
        (path(left, place), root(right))
    } else {
        (path(right, place - split), root(left))
    };
    below.push(beside);
    below
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As RFC 9162, section 2.1.3.2, has it verified.
    fn climb(leaf: Sha256, (mut place, leaves): (usize, usize), path: &[Sha256]) -> Option<Sha256> {
        let (mut last, mut hash) = (leaves - 1, leaf);
        for beside in path {
            if last == 0 {
                return None;
            }
            if place % 2 == 1 || place == last {
                hash = node(*beside, hash);
                while place.is_multiple_of(2) && place != 0 {
                    (place, last) = (place / 2, last / 2);
                }
            } else {
                hash = node(hash, *beside);
            }
            (place, last) = (place / 2, last / 2);
        }
        (last == 0).then_some(hash)
    }

    #[test]
    fn every_leaf_of_every_tree_is_proved_by_its_path_and_by_no_other() {
        let leaves: Vec<_> = (0..40_u8).map(|n| leaf(&[n])).collect();
        for count in 1..=leaves.len() {
            let tree = &leaves[..count];
            for place in 0..count {
                let way = path(tree, place);
                assert_eq!(climb(tree[place], (place, count), &way), Some(root(tree)));
                let other = leaf(b"another");
                assert_ne!(climb(other, (place, count), &way), Some(root(tree)));
            }
            assert!(path(tree, count).is_empty());
        }
    }

    /// The roots of the first leaves of the test data that Certificate Transparency's own implementations share.
    #[test]
    fn roots_are_those_of_certificate_transparency() {
        let data: [&[u8]; 8] = [
            b"",
            b"\x00",
            b"\x10",
            b"\x20\x21",
            b"\x30\x31",
            b"\x40\x41\x42\x43",
            b"\x50\x51\x52\x53\x54\x55\x56\x57",
            b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
        ];
        let leaves = data.map(leaf);
        for (count, expected) in [
            (
                0,
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ),
            (
                1,
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            ),
            (
                2,
                "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            ),
            (
                3,
                "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            ),
            (
                4,
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ),
            (
                5,
                "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            ),
            (
                6,
                "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            ),
            (
                7,
                "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            ),
            (
                8,
                "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
            ),
        ] {
            assert_eq!(root(&leaves[..count]).to_string(), expected, "{count}");
        }
    }
}
