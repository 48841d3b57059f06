//! The cost of a call.

use serde::{Deserialize, Serialize};

/// Price of a model, in US dollars per million tokens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// Per million input tokens.
    pub input: f64,
    /// Per million output tokens.
    pub output: f64,
}

impl Price {
    /// Cost of a call in millionths of a US dollar, rounded up. One dollar per million tokens is one
    /// millionth of a dollar per token.
    #[must_use]
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn micro_usd(&self, input_tokens: u64, output_tokens: u64) -> u64 {
        (input_tokens as f64 * self.input + output_tokens as f64 * self.output).ceil().max(0.0)
            as u64
    }

    /// Maximum cost of a call, in millionths of a US dollar. A token is at least one byte, so `input_bytes`
    /// is an upper bound for the number of input tokens.
    #[must_use]
    pub fn at_most(&self, input_bytes: usize, output_tokens: u32) -> u64 {
        self.micro_usd(input_bytes as u64, u64::from(output_tokens))
    }
}

/// Converts millionths of a US dollar to dollars, for display.
#[must_use]
#[allow(clippy::cast_precision_loss)]
pub fn usd(micro: u64) -> f64 {
    micro as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use super::Price;

    #[test]
    fn a_dollar_a_million_is_a_millionth_a_token() {
        let price = Price { input: 3.0, output: 15.0 };
        assert_eq!(price.micro_usd(1_000, 200), 6_000);
        assert_eq!(Price { input: 0.15, output: 0.6 }.micro_usd(1, 0), 1, "rounded up");
        assert!(price.at_most(1_000, 200) >= price.micro_usd(1_000, 200));
    }
}
