using System.Security.Cryptography;

namespace Cancela.Bench.SideBySide;

/// <summary>A user of <see cref="PostgresUsers"/>.</summary>
internal sealed class PostgresUser
{
    public string Id { get; set; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public string? UserName { get; set; }

    public string? NormalizedUserName { get; set; }

    public string? Email { get; set; }

    public string? NormalizedEmail { get; set; }

    public bool EmailConfirmed { get; set; }

    public string? PasswordHash { get; set; }

    public string? SecurityStamp { get; set; }
}
