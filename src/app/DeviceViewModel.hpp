#pragma once

#include <QObject>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

#include <memory>
#include <vector>

#include "CableViewModel.hpp"
#include "ChoiceViewModel.hpp"
#include "LevelViewModel.hpp"
#include "window/Wishes.hpp"

namespace tutti::app {

/// The sound device: which one, how it runs, what comes in, and what is wrong with it.
///
/// Threads: gui. Wishes leave as signals of `Wishes`; what is shown comes back with a snapshot.
class DeviceViewModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("the band hands it out")
  Q_PROPERTY(QString summary READ summary NOTIFY stateChanged)
  Q_PROPERTY(QString problem READ problem NOTIFY stateChanged)
  Q_PROPERTY(QString loadText READ loadText NOTIFY stateChanged)
  Q_PROPERTY(bool isWireless READ isWireless NOTIFY stateChanged)
  Q_PROPERTY(tutti::app::ChoiceViewModel* devices READ devices CONSTANT)
  Q_PROPERTY(tutti::app::ChoiceViewModel* rates READ rates CONSTANT)
  Q_PROPERTY(tutti::app::ChoiceViewModel* frames READ frames CONSTANT)
  Q_PROPERTY(tutti::app::ChoiceViewModel* inputs READ inputs CONSTANT)
  Q_PROPERTY(tutti::app::CableViewModel* cable READ cable CONSTANT)
  Q_PROPERTY(QVariantList levels READ levels NOTIFY levelsChanged)
  Q_PROPERTY(int firstInput READ firstInput NOTIFY levelsChanged)

public:
  explicit DeviceViewModel(Wishes& wishes);
  ~DeviceViewModel() override;

  void show(const jam::DeviceSnapshot& device);

  [[nodiscard]] QString summary() const { return state_.summary; } ///< "Scarlett · 48 kHz · 64 frames"
  [[nodiscard]] QString problem() const { return state_.problem; }
  [[nodiscard]] QString loadText() const { return state_.load; }
  [[nodiscard]] bool isWireless() const { return state_.isWireless; }
  [[nodiscard]] ChoiceViewModel* devices() { return &devices_; }
  [[nodiscard]] ChoiceViewModel* rates() { return &rates_; }
  [[nodiscard]] ChoiceViewModel* frames() { return &frames_; }
  [[nodiscard]] ChoiceViewModel* inputs() { return &inputs_; } ///< Pairs of channels, and single ones.
  [[nodiscard]] int firstInput() const { return firstInput_; } ///< What the first of `levels` is called.
  [[nodiscard]] QVariantList levels() const;                   ///< A `LevelViewModel` an input.
  [[nodiscard]] CableViewModel* cable() { return &cable_; }

  /// What is there?
  Q_INVOKABLE void look();
  /// And what was plugged in meanwhile? Our own device may fall silent for a moment.
  Q_INVOKABLE void lookAgain();

signals:
  void stateChanged();
  void levelsChanged();

private:
  struct State {
    QString summary, problem, load;
    bool isWireless = false;
    friend bool operator==(const State&, const State&) = default;
  };
  static State stateOf(const jam::DeviceSnapshot& device);
  [[nodiscard]] const audio::DeviceDescription* current() const;

  void showChoices();
  void showLevels(const std::vector<audio::Level>& levels);
  void chooseDevice(int index);
  void want();

  Wishes& wishes_;
  State state_;
  audio::DeviceWish wish_;
  audio::DeviceStatus status_;
  std::vector<audio::DeviceDescription> offers_;
  ChoiceViewModel devices_, rates_, frames_, inputs_;
  std::vector<audio::ChannelPair> pairs_; // as `inputs_` has them
  int firstInput_ = 1;
  CableViewModel cable_;
  std::vector<std::unique_ptr<LevelViewModel>> levels_;
};

} // namespace tutti::app
