using Cancela.Problems;

namespace Cancela.Endpoints;

/// <summary>A request body that was read, or could not be.</summary>
internal interface IReadBody
{
    /// <summary>Why it could not.</summary>
    ProblemResult? Fault { get; }
}
