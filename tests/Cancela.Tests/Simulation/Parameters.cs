using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Cancela.Tests.Simulation;

/// <summary>One parameter of a command.</summary>
internal sealed class Parameter : DbParameter
{
    public override DbType DbType { get; set; }
    public override ParameterDirection Direction { get; set; }
    public override bool IsNullable { get; set; }

    [AllowNull]
    public override string ParameterName { get; set; } = "";
    public override int Size { get; set; }

    [AllowNull]
    public override string SourceColumn { get; set; } = "";
    public override bool SourceColumnNullMapping { get; set; }
    public override object? Value { get; set; }

    public override void ResetDbType()
    {
    }
}

/// <summary>The parameters of a command, in their order.</summary>
internal sealed class Parameters : DbParameterCollection
{
    private readonly List<Parameter> _all = [];

    public override int Count => _all.Count;
    public override object SyncRoot => _all;

    /// <summary>What they are worth now: a command may be used again while what was sent is on its way.</summary>
    public Values Copy() => new(_all.ConvertAll(static parameter => (parameter.ParameterName, parameter.Value)));

    public override int Add(object value)
    {
        _all.Add((Parameter)value);
        return _all.Count - 1;
    }

    public override void AddRange(Array values)
    {
        foreach (var value in values) Add(value!);
    }

    public override void Clear() => _all.Clear();
    public override bool Contains(object value) => _all.Contains((Parameter)value);
    public override bool Contains(string value) => IndexOf(value) >= 0;
    public override void CopyTo(Array array, int index) => ((ICollection)_all).CopyTo(array, index);
    public override IEnumerator GetEnumerator() => _all.GetEnumerator();
    public override int IndexOf(object value) => _all.IndexOf((Parameter)value);
    public override int IndexOf(string parameterName) => _all.FindIndex(parameter => parameter.ParameterName == parameterName);
    public override void Insert(int index, object value) => _all.Insert(index, (Parameter)value);
    public override void Remove(object value) => _all.Remove((Parameter)value);
    public override void RemoveAt(int index) => _all.RemoveAt(index);
    public override void RemoveAt(string parameterName) => _all.RemoveAt(IndexOf(parameterName));
    protected override DbParameter GetParameter(int index) => _all[index];
    protected override DbParameter GetParameter(string parameterName) => _all[IndexOf(parameterName)];
    protected override void SetParameter(int index, DbParameter value) => _all[index] = (Parameter)value;
    protected override void SetParameter(string parameterName, DbParameter value) => _all[IndexOf(parameterName)] = (Parameter)value;
}

/// <summary>Parameters as they were sent.</summary>
internal sealed class Values(List<(string Name, object? Value)> all)
{
    public T Of<T>(string name) => (T)Find(name)!;

    public T? Maybe<T>(string name) where T : class => Find(name) as T;

    private object? Find(string name)
    {
        foreach (var (known, value) in all)
        {
            if (known.AsSpan(1).SequenceEqual(name)) return value is DBNull ? null : value;
        }
        throw new InvalidOperationException($"The statement came without @{name}.");
    }
}
