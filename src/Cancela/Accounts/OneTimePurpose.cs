namespace Cancela.Accounts;

/// <summary>What a one-time token is for. One of another purpose is none.</summary>
internal enum OneTimePurpose
{
    /// <summary>The password was right; the second factor is still to come.</summary>
    SecondFactor,
}
