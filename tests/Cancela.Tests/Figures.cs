using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Cancela.Tests;

/// <summary>What the meter <c>Cancela</c> of one host, and of no other, tells: as an exporter in its process hears it.</summary>
internal sealed class Figures : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, double> _values = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Instrument, ConcurrentDictionary<string, bool>> _attributes = new();

    /// <param name="scope">Whose: the host's factory of meters, which each of its meters names.</param>
    public Figures(object scope)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name != "Cancela" || !ReferenceEquals(instrument.Meter.Scope, scope)) return;
            _attributes[instrument] = [];
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>(Hear);
        _listener.Start();
    }

    public static Figures Of(CancelaHost host) => new(host.Services.GetRequiredService<IMeterFactory>());

    public IEnumerable<Instrument> Instruments => _attributes.Keys;

    /// <summary>A series, its attributes in the order of the alphabet: <c>cancela.sign_ins{outcome=success,strategy=session}</c>. Null: nothing was told of it.</summary>
    public double? this[string series]
    {
        get
        {
            _listener.RecordObservableInstruments();
            return _values.TryGetValue(series, out var value) ? value : null;
        }
    }

    /// <summary>The names of the attributes that an instrument's series had so far.</summary>
    public IEnumerable<string> AttributesOf(Instrument instrument)
    {
        _listener.RecordObservableInstruments();
        return _attributes[instrument].Keys.Order(StringComparer.Ordinal);
    }

    public void Dispose() => _listener.Dispose();

    private void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state = null)
    {
        foreach (var tag in tags) _attributes[instrument][tag.Key] = true;
        var attributes = string.Join(',', tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"));
        var series = attributes.Length == 0 ? instrument.Name : $"{instrument.Name}{{{attributes}}}";
        _values.AddOrUpdate(series, value, (_, before) => instrument.IsObservable ? value : before + value);
    }
}
