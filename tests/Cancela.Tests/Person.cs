namespace Cancela.Tests;

/// <summary>Somebody to test with.</summary>
internal static class Person
{
    public const string Ada = "ada@example.com";
    public const string Bia = "bia@example.com";

    /// <summary>Good enough for the policy.</summary>
    public const string Password = "correto cavalo bateria grampo";
}
