using System.Buffers.Text;
using System.Security.Cryptography;

namespace Cancela.Tests;

/// <summary>A signing secret for this run of the tests: none is written down anywhere.</summary>
internal static class TestSecret
{
    public static string Value { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
