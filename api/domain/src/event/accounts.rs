//! The rows of accounts, devices and second factors.

/// Puts them between what stands before and behind them, and makes `events!` of all.
macro_rules! with_accounts {
    ({ $($before:tt)* } { $($behind:tt)* }) => {
        events! {
            $($before)*
            /// Somebody signed in on a device.
            SignedIn { device: crate::id::DeviceId, user: UserId } tells office;
            /// A device was revoked by its owner.
            DeviceRevoked { device: crate::id::DeviceId } tells office;
            /// The refresh token that was used last came back and was answered with the same successor.
            RefreshRepeated { device: crate::id::DeviceId } tells office;
            /// An older refresh token came back; its family was revoked.
            RefreshReplayed { device: crate::id::DeviceId } tells office;
            /// An administrator added an account.
            AccountAdded { user: UserId } tells office;
            /// An administrator moved an account to another place.
            AccountMoved { user: UserId } tells office;
            /// An administrator said what the person of an account may be.
            AccountRolesSet { user: UserId } tells office: Job::TellOfAccess { user };
            /// An account was disabled.
            AccountDisabled { user: UserId } tells office;
            /// A disabled account was enabled.
            AccountEnabled { user: UserId } tells office;
            /// Somebody changed the own password.
            PasswordChanged { user: UserId } tells office;
            /// A code for a new password was made.
            PasswordCodeMade { user: UserId } tells office: Job::TellOfAccess { user };
            /// A new password was chosen by a code.
            PasswordCodeUsed { user: UserId } tells office;
            /// Somebody set up a second factor.
            SecondFactorSet { user: UserId } tells office;
            /// Somebody made new recovery codes.
            RecoveryCodesRenewed { user: UserId } tells office;
            /// A recovery code took the place of the second factor.
            RecoveryCodeUsed { user: UserId } tells office;
            /// The second factor of an account was forgotten, by its person or by an administrator.
            SecondFactorRemoved { user: UserId } tells office;
            $($behind)*
        }
    };
}
