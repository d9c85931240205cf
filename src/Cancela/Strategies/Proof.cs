using Cancela.Audit;

namespace Cancela.Strategies;

/// <summary>Somebody proved who they are: what a strategy needs to hand out a credential.</summary>
/// <param name="Subject">As it was when the proof was checked. A credential is issued only while that version still stands.</param>
/// <param name="Scope">What the sign-in was narrowed to, separated by spaces; empty: all that the role holds.</param>
/// <param name="Methods">RFC 8176 <c>amr</c>, separated by spaces.</param>
/// <param name="At">When.</param>
/// <param name="Client">From where.</param>
internal sealed record Proof(Subject Subject, string Scope, string Methods, DateTimeOffset At, ClientInfo Client);
