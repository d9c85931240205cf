using System.Collections;
using System.Data.Common;

namespace Cancela.Tests.Simulation;

/// <summary>An answer of the server's, as the driver hands it out.</summary>
internal sealed class Rows(Answer answer) : DbDataReader
{
    private int _at = -1;

    private object?[] Row => answer.Rows[_at];

    public override int FieldCount => Row.Length;
    public override int RecordsAffected => answer.Affected;
    public override bool HasRows => answer.Rows.Count > 0;
    public override bool IsClosed => false;
    public override int Depth => 0;
    public override object this[int ordinal] => Row[ordinal]!;
    public override object this[string name] => throw new NotSupportedException("Columns are read by their number.");

    public override bool Read() => ++_at < answer.Rows.Count;
    public override bool NextResult() => false;
    public override bool IsDBNull(int ordinal) => Row[ordinal] is null;
    public override object GetValue(int ordinal) => Row[ordinal] ?? DBNull.Value;
    public override T GetFieldValue<T>(int ordinal) => (T)Row[ordinal]!;
    public override bool GetBoolean(int ordinal) => (bool)Row[ordinal]!;
    public override byte GetByte(int ordinal) => (byte)Row[ordinal]!;
    public override char GetChar(int ordinal) => (char)Row[ordinal]!;
    public override DateTime GetDateTime(int ordinal) => (DateTime)Row[ordinal]!;
    public override decimal GetDecimal(int ordinal) => (decimal)Row[ordinal]!;
    public override double GetDouble(int ordinal) => (double)Row[ordinal]!;
    public override float GetFloat(int ordinal) => (float)Row[ordinal]!;
    public override Guid GetGuid(int ordinal) => (Guid)Row[ordinal]!;
    public override short GetInt16(int ordinal) => (short)Row[ordinal]!;
    public override int GetInt32(int ordinal) => (int)Row[ordinal]!;
    public override long GetInt64(int ordinal) => Row[ordinal] is int small ? small : (long)Row[ordinal]!;
    public override string GetString(int ordinal) => (string)Row[ordinal]!;
    public override Type GetFieldType(int ordinal) => Row[ordinal]?.GetType() ?? typeof(object);
    public override string GetDataTypeName(int ordinal) => GetFieldType(ordinal).Name;
    public override IEnumerator GetEnumerator() => answer.Rows.GetEnumerator();
    public override string GetName(int ordinal) => throw new NotSupportedException("Columns are read by their number.");
    public override int GetOrdinal(string name) => throw new NotSupportedException("Columns are read by their number.");
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw new NotSupportedException("Nothing is read in parts.");
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw new NotSupportedException("Nothing is read in parts.");

    public override int GetValues(object[] values)
    {
        Row.CopyTo(values, 0);
        return Row.Length;
    }
}

/// <summary>What came of a statement.</summary>
internal sealed record Answer(List<object?[]> Rows, int Affected)
{
    public static readonly Answer Nothing = new([], 0);
}
